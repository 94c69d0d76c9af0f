import { deepEqual, equal } from "node:assert/strict";
import { test } from "node:test";

import { here, load } from "./load.mjs";

const { script: search } = load("paperSearch", "features/search/paper_search.js");
const { script: pagefind } = load("paperPagefind", "features/search/paper_pagefind.js");

test("a word is found where a word begins", () => {
  equal(search.begins("a Fisher vector", "he"), false);
  equal(search.begins("He et al.", "he"), true);
  equal(search.begins("self-supervised", "super"), true);
  equal(search.begins("unsupervised", "super"), false);
  equal(search.begins("snake_case", "case"), false);
});

test("letters of other scripts are letters, and ideographs stand anywhere", () => {
  equal(search.begins("déjà", "jà"), false);
  equal(search.begins("对比学习方法", "学习"), true);
});

test("signs in a word are no pattern", () => {
  equal(search.begins("C++ and (more)", "c++"), true);
  equal(search.begins("anything", ".*"), false);
  equal(search.begins("a(b", "(b"), true);
  equal(search.begins("a\\b", "\\b"), true);
});

test("a query is split into words and runs of ideographs", () => {
  deepEqual(here(search.wordsOf("MoCo v2: 对比学习, data_set")), ["moco", "v2", "对比学习", "data_set"]);
  deepEqual(here(search.wordsOf("  ")), []);
});

test("terms of the index are those that begin with a word that is asked for", () => {
  const terms = { moco: 1, momentum: [2], simclr: 3 };
  deepEqual(here(search.termsFor(terms, ["mo"])), { moco: 1, momentum: [2] });
  deepEqual(here(search.termsFor(terms, ["co"])), {});
});

test("Pagefind is asked for each ideograph, and for runs of them as phrases", () => {
  deepEqual(here(pagefind.asked("MoCo 对比 学习 对比")), ["MoCo  对 比   学 习   对 比 ", '"对 比"', '"学 习"']);
  deepEqual(here(pagefind.asked('"a" b')), [" a  b"]);
});

test("a result with less than half of a long word is not meant", () => {
  equal(pagefind.isMeant("Contrastive learning", "contrastive"), true);
  equal(pagefind.isMeant("Contrastive learning", "contrasting"), true);
  equal(pagefind.isMeant("Convolution", "contrastive"), false);
  equal(pagefind.isMeant("对比学习", "学习"), true);
});

test("spaces that nobody wrote are taken out between ideographs and signs", () => {
  equal(pagefind.joined("对 比 学 习 ， MoCo （ 2020 ）"), "对比学习，MoCo（2020）");
  equal(pagefind.joined("<mark>对</mark> <mark>比</mark> learning"), "<mark>对比</mark> learning");
  equal(pagefind.joined("two words"), "two words");
  equal(pagefind.joined(), "");
});

test("every second part of an excerpt is marked, and no part is mark-up", () => {
  deepEqual(here(pagefind.excerptParts("a <mark>b</mark> &lt;i&gt; &amp;lt;")), ["a ", "b", " <i> &lt;"]);
});
