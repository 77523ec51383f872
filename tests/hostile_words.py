"""Words for a watch that stall or break other programs."""

from __future__ import annotations

# Thirty of them: refused, or answered in time.
HOSTILE = [
    r"/(x+x+)+y/", r"/(a|a)*b/", r"/(a*)*b/", r"/^(a+)+$/", r"/(.*)(.*)(.*)(.*)(.*)z/", r"/(a|aa)+$/",
    r"/(a|b)*a(a|b){20}c/", r"/([ab]*a){25}z/", r"/(?:.{1,100}){5}z/", r"/.*.*.*.*=.*/", r"/\pL{1,1000}z/",
    r"/(\w+\s?)*!/", r"/((a{1,20}){1,20}){1,20}z/", r"/.{500}z/", r"/(a.{0,40}){10}z/", r"/[а-яё]{200}/",
    r"/(?i)(((((a*)*)*)*)*)z/",
    r"/(a?){100}a{100}/", r"/\b(\w+\W+){1,30}z/", r"/(?P<n>.*)*x/", r"/[^z]{150}z/",
    r"/(.|\n)*?q{3}/", r"/" + "(" * 200 + "a" + ")" * 200 + "/", r"/" + "|".join(["abcde"] * 80) + "/",
    "\u202e" * 150, "a" + "\u0301" * 190, "ﷺ" * 100, "\U000e0041" * 100, "x" * 10_000, "İ" * 200,
]  # fmt: skip
