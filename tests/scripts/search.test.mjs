import { deepEqual, equal } from "node:assert/strict";
import { test } from "node:test";

import { here, load } from "./load.mjs";

const { script: search } = load("paperSearch", "features/search/paper_find.js", "features/search/paper_search.js");
const { script: find } = load("paperFind", "features/search/paper_find.js");
const { script: pagefind } = load("paperPagefind", "features/search/paper_find.js", "features/search/paper_pagefind.js");

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

test("a page is in a list by its name or by that of its folder", () => {
  equal(search.isIn("guide/data", ["guide"]), true);
  equal(search.isIn("guide", ["guide"]), true);
  equal(search.isIn("guidelines", ["guide"]), false);
  equal(search.isIn("guide", []), false);
});

test("the distance of words counts letters put in, left out, changed and swapped", () => {
  equal(find.distance("difusion", "diffusion", 2), 1);
  equal(find.distance("simsaim", "simsiam", 2), 1);
  equal(find.distance("moco", "moco", 2), 0);
  equal(find.distance("abcd", "wxyz", 2), 3);
  equal(find.distance("a", "abcdef", 2), 3);
});

/** A record as `search_file.py` writes it: name, address, survey, published, title, authors, words, summary, cited. */
const record = (name, { survey = "", published = "", title = "", authors = "", words = "", summary = "", cited = 0 }) =>
  [name, `page.html#paper-${name}`, survey, published, title, authors, words, summary, cited];

const RECORDS = [
  record("Alpha v1", { published: "ICLR 2019", title: "Learning from Beta", authors: "Ann Lee, Bo Čapek", summary: "A method of frequent words.", cited: 1 }),
  record("Beta", { published: "CVPR 2020", title: "Diffusion of beta waves", authors: "Bo Čapek, Ann Lee", words: "2001.00001", summary: "动量编码器", cited: 3 }),
  record("Gamma", { published: "2020", title: "Another diffusion", authors: "Cy Xu", summary: "动量", cited: 0 }),
];
const found = (query) => {
  const { guess, methods } = find.found({ methods: find.indexOf(RECORDS), references: find.indexOf([]) }, query);
  return [methods.map(({ name }) => name), guess];
};

test("a name comes before what is about it", () => {
  deepEqual(here(found("beta")), [["Beta", "Alpha v1"], ""]);
  deepEqual(here(found("BETA")), [["Beta", "Alpha v1"], ""]);
});

test("names are found joined, by their beginning, and without accents", () => {
  deepEqual(here(found("alphav1")), [["Alpha v1"], ""]);
  deepEqual(here(found("alp")), [["Alpha v1"], ""]);
  deepEqual(here(found("capek 2020")), [["Beta"], ""]);
});

test("whom others cite it by counts for more than the other authors", () => {
  deepEqual(here(found("Lee"))[0], ["Alpha v1", "Beta"]);
  deepEqual(here(found("Čapek"))[0], ["Beta", "Alpha v1"]);
});

test("all the words have to be there, or else most of them", () => {
  deepEqual(here(found("another diffusion")), [["Gamma"], ""]);
  deepEqual(here(found("another diffusion thing"))[0], ["Gamma"]);
  deepEqual(here(found("zzz yyy")), [[], ""]);
});

test("an identifier is a phrase", () => deepEqual(here(found("2001.00001")), [["Beta"], ""]));

test("signs that are written without spaces are found wherever they stand, those with more relations first", () => {
  deepEqual(here(found("动量")), [["Beta", "Gamma"], ""]);
  deepEqual(here(found("编码器")), [["Beta"], ""]);
});

test("a word that nothing begins with is taken for the nearest", () => {
  deepEqual(here(found("difusion")), [["Beta", "Gamma"], "diffusion"]);
  deepEqual(here(found("frequnet words")), [["Alpha v1"], "frequent words"]);
  deepEqual(here(found("2001.00002"))[1], "", "numbers are not guessed");
  deepEqual(here(found("xu")), [["Gamma"], ""]);
  deepEqual(here(found("xq")), [[], ""], "short words are not guessed");
});

test("nothing is asked, nothing is found", () => deepEqual(here(found(" ?! ")), [[], ""]));
