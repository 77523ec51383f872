"""Feeds as the usual makers write them, told in one or two items; invented."""

MAKERS = {
    "WordPress": """<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"
 xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:wfw="http://wellformedweb.org/CommentAPI/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom"
 xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"
 xmlns:slash="http://purl.org/rss/1.0/modules/slash/"
 xmlns:media="http://search.yahoo.com/mrss/">
<channel><title>Journal &#8211; Mali</title>
 <atom:link href="https://a.example/feed/" rel="self" type="application/rss+xml" />
 <link>https://a.example</link>
 <description>Info</description><lastBuildDate>Tue, 09 Feb 2027 18:20:00 +0000</lastBuildDate>
 <language>fr-FR</language><sy:updatePeriod> hourly </sy:updatePeriod>
 <generator>https://wordpress.org/?v=6.9</generator>
 <image><url>https://a.example/i.png</url><title>J</title><link>https://a.example</link><width>32</width>
 </image>
 <site xmlns="com-wordpress:feed-additions:1">1</site>
 <item><title>Gao : un convoi &#8220;arrive&#8221;</title><link>https://a.example/1/</link>
  <comments>https://a.example/1/#respond</comments><dc:creator><![CDATA[A]]></dc:creator>
  <pubDate>Tue, 09 Feb 2027 18:20:00 +0000</pubDate><category><![CDATA[Mali]]></category>
  <guid isPermaLink="false">https://a.example/?p=1</guid><description><![CDATA[<p>Un […]</p>]]>
 </description>
  <content:encoded><![CDATA[<p>Un <a href="x">deux</a></p>]]></content:encoded>
  <wfw:commentRss>https://a.example/1/feed/</wfw:commentRss><slash:comments>0</slash:comments>
  <media:content url="https://a.example/1.jpg" medium="image"><media:title type="html">photo</media:title>
 </media:content>
  <post-id xmlns="com-wordpress:feed-additions:1">1</post-id></item>
</channel></rss>""",
    "Blogger": """<?xml version='1.0' encoding='UTF-8'?><?xml-stylesheet href="a.css" type="text/css"?>
<feed xmlns='http://www.w3.org/2005/Atom' xmlns:openSearch='http://a9.com/-/spec/opensearchrss/1.0/'
 xmlns:blogger='http://schemas.google.com/blogger/2008' xmlns:gd="http://schemas.google.com/g/2005"
 xmlns:thr='http://purl.org/syndication/thread/1.0'><id>tag:blogger.com,1999:blog-1</id>
 <updated>2027-02-09T04:00:00.000-08:00</updated><category term="Mali"/><title type='text'>Blog</title>
 <link rel='http://schemas.google.com/g/2005#feed' type='application/atom+xml'
 href='https://a.example/feeds'/>
 <link rel='hub' href='https://hub.example/'/><author><name>A</name><email>a@a.example</email>
 <gd:image rel='x' width='16' src='https://a.example/i.png'/></author>
 <openSearch:totalResults>1</openSearch:totalResults>
 <entry><id>tag:blogger.com,1999:blog-1.post-1</id><published>2027-02-09T03:00:00.001-08:00</published>
 <updated>2027-02-09T03:00:00.001-08:00</updated><title type='text'>Un</title>
 <content type='html'>&lt;p&gt;Un&lt;/p&gt;</content>
 <link rel='replies' type='text/html' href='https://a.example/1#c'/><link rel='alternate' type='text/html'
 href='https://a.example/1' title='Un'/><author><name>A</name></author><thr:total>0</thr:total></entry>
 </feed>""",
    "an aggregator": """<?xml version="1.0" encoding="UTF-8" standalone="yes"?><rss version="2.0"
 xmlns:media="http://search.yahoo.com/mrss/"><channel><generator>N</generator><title>"Mali" - News</title>
 <link>https://n.example/search?q=Mali&amp;hl=fr</link><language>fr</language>
 <webMaster>n@n.example</webMaster>
 <copyright>C</copyright><lastBuildDate>Wed, 10 Feb 2027 06:00:00 GMT</lastBuildDate>
 <description>N</description>
 <item><title>Gao - Journal</title><link>https://n.example/rss/articles/CBMi?oc=5</link>
 <guid isPermaLink="false">CBMi</guid><pubDate>Wed, 10 Feb 2027 05:00:00 GMT</pubDate>
 <description>&lt;a href="https://n.example/x"
 target="_blank"&gt;Gao&lt;/a&gt;&amp;nbsp;&lt;font&gt;J&lt;/font&gt;</description>
 <source url="https://j.example">Journal</source></item></channel></rss>""",
    "an agency": """<?xml version="1.0" encoding="utf-8"?><rss xmlns:yandex="http://news.yandex.ru"
 xmlns:media="http://search.yahoo.com/mrss/" version="2.0"><channel><title>Агентство</title>
 <link>https://r.example</link>
 <language>ru</language><yandex:logo type="square">https://r.example/l.png</yandex:logo>
 <item><title>Бамако: «вторая» поставка</title><link>https://r.example/20270209/1.html?rss=1&amp;x=2</link>
 <guid>https://r.example/20270209/1.html</guid><author/><category>Африка</category><priority>3</priority>
 <pubDate>Tue, 09 Feb 2027 21:20:00 +0300</pubDate><description><![CDATA[Поставка.]]></description>
 <enclosure url="https://r.example/1.jpg" type="image/jpeg" length="1"/><media:group>
 <media:content url="x" type="y">
 <media:credit>Р</media:credit></media:content></media:group>
 <yandex:full-text>Полный текст.</yandex:full-text></item></channel></rss>""",
    "a journal in RDF": """<?xml version="1.0" encoding="UTF-8"?>
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
 <channel rdf:about="https://d.example/"><title>D</title><link>https://d.example/</link><description/>
 <dc:language>en</dc:language><dc:date>2027-02-09T18:20:00+00:00</dc:date>
 <items><rdf:Seq><rdf:li rdf:resource="https://d.example/1"/></rdf:Seq></items><image rdf:resource="x"/>
 </channel>
 <image rdf:about="x"><title>I</title><url>u</url><link>l</link></image>
 <item rdf:about="https://d.example/1"><title>One</title><link>https://d.example/1</link>
 <description>First &amp; last</description><dc:creator>A</dc:creator><dc:subject>x</dc:subject>
 <dc:date>2027-02-09T18:20:00+00:00</dc:date></item></rdf:RDF>""",
}
