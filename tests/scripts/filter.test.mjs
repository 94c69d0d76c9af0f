import { deepEqual, equal } from "node:assert/strict";
import { test } from "node:test";

import { here, load } from "./load.mjs";

const { script: filter } = load("paperFilter", "cards/paper_filter.js");
const KINDS = ["tag", "venue", "relation", "has", "licence"];
const CHOICES = [["queue", "momentum"], ["CVPR", "ICCV"], ["extends", "extends-"], ["code"], ["mit"]];
const query = (text) => new URLSearchParams(text);
const facts = (text) => filter.factsOf(text);
const fits = (wanted, said, text = "") => filter.predicate(query(wanted), KINDS, CHOICES)(facts(said), () => filter.plain(text));

test("what the build says of a paper is read by place", () => {
  deepEqual(here(facts("0.1,0,1,,2020,2019-11,0")), { places: [["0", "1"], ["0"], ["1"], [], ["0"]], year: "2020", date: "2019-11" });
  deepEqual(here(facts(undefined)), { places: [[], [], [], []], year: "", date: "" });
});

test("accents and capitals make no difference", () => {
  equal(filter.plain("Café ÀÉÎ"), "cafe aei");
  equal(filter.plain("ﬁlter"), "filter");
  equal(filter.plain(null), "");
});

test("words are split at every kind of space", () => {
  deepEqual(here(filter.wordsOf(query("q=+Momentum%E3%80%80queue++"))), ["momentum", "queue"]);
  deepEqual(here(filter.wordsOf(query(""))), []);
});

test("nothing asked for fits everything, and asks for no text", () => {
  const all = filter.predicate(query(""), KINDS, CHOICES);
  equal(all(facts(",,,,,"), () => { throw new Error("asked"); }), true);
});

test("all tags that are chosen are needed", () => {
  equal(fits("tag=queue", "0.1,,,,2020,"), true);
  equal(fits("tag=queue&tag=momentum", "0.1,,,,2020,"), true);
  equal(fits("tag=queue&tag=momentum", "0,,,,2020,"), false);
});

test("each kind is looked up in its own place", () => {
  equal(fits("venue=ICCV", "1,,,,2020,"), false);
  equal(fits("venue=ICCV", ",1,,,2020,"), true);
  equal(fits("relation=extends-&has=code", ",,1,0,2020,"), true);
  equal(fits("relation=extends-&has=code", ",,0,0,2020,"), false);
  equal(fits("licence=mit", ",,,,2020,,0"), true);
});

test("a value that no paper has fits none", () => {
  equal(fits("tag=unknown", "0.1,,,,2020,"), false);
});

test("an old address names a venue as it was called, in capitals or not", () => {
  const option = (value, ...former) => ({ value, dataset: former.length ? { former: JSON.stringify(former) } : {} });
  const options = [option(""), option("CVPR"), option("NeurIPS", "NIPS", "Advances in Neural Systems")];
  equal(filter.presentName(options, "NIPS"), "NeurIPS");
  equal(filter.presentName(options, "advances in neural systems"), "NeurIPS");
  equal(filter.presentName(options, "cvpr"), "CVPR");
  equal(filter.presentName(options, "ICML"), "");
  equal(filter.presentName(options, undefined), "");
});

test("years are bounds on both sides, and each may be open", () => {
  equal(fits("from=2020&to=2020", ",,,,2020,"), true);
  equal(fits("from=2021", ",,,,2020,"), false);
  equal(fits("to=2019", ",,,,2020,"), false);
  equal(fits("from=2019", ",,,,2020,"), true);
});

test("what has no year is in no range of years", () => {
  equal(fits("from=1900", ",,,,,"), false);
  equal(fits("to=2100", ",,,,,"), false);
  equal(fits("tag=queue", "0,,,,,"), true);
});

test("all words are needed, anywhere in the text", () => {
  equal(fits("q=que+mom", ",,,,,", "Momentum and a Queue"), true);
  equal(fits("q=que+bank", ",,,,,", "Momentum and a Queue"), false);
  equal(fits("q=cafe", ",,,,,", "Café"), true);
});

const items = [
  { at: 0, date: "2020-06", name: "SimCLR" },
  { at: 1, date: "", name: "Undated" },
  { at: 2, date: "2019-11", name: "MoCo 10" },
  { at: 3, date: "2020-06", name: "BYOL" },
];
const ordered = (order, language = "en") =>
  [...items].sort(filter.comparison(order, (item) => item.name, language)).map(({ name }) => name);

test("without an order papers stand as on the page", () => {
  deepEqual([...items].reverse().sort(filter.comparison("", () => "", "en")).map(({ at }) => at), [0, 1, 2, 3]);
});

test("by date, equals stay as on the page and the undated come last in both directions", () => {
  deepEqual(ordered("year"), ["MoCo 10", "SimCLR", "BYOL", "Undated"]);
  deepEqual(ordered("-year"), ["SimCLR", "BYOL", "MoCo 10", "Undated"]);
});

test("by name, the language decides", () => {
  deepEqual(ordered("name"), ["BYOL", "MoCo 10", "SimCLR", "Undated"]);
  equal(Math.sign(filter.comparison("name", (item) => item.name, "de")({ name: "Äpfel", at: 0 }, { name: "Zebra", at: 1 })), -1);
  equal(Math.sign(filter.comparison("name", (item) => item.name, "sv")({ name: "Äpfel", at: 0 }, { name: "Zebra", at: 1 })), 1);
});

test("the address keeps what others have put there, and loses what is not asked for any more", () => {
  const asked = query("q=new&tag=a&tag=b");
  equal(String(filter.queryWith("?m=x&q=old&sort=year&2-q=other", "", ["q", "sort", "tag"], asked)), "m=x&2-q=other&q=new&tag=a&tag=b");
  equal(String(filter.queryWith("?q=one", "2-", ["q"], query("q=two"))), "q=one&2-q=two");
  equal(String(filter.queryWith("?q=one", "", ["q"], query(""))), "");
});

test("every occurrence of every word is found, none twice", () => {
  deepEqual(here(filter.occurrences("momomo queue", ["mo", "que"])), [[0, 2], [2, 4], [4, 6], [7, 10]]);
  deepEqual(here(filter.occurrences("aaa", ["aa"])), [[0, 2]]);
  deepEqual(here(filter.occurrences("none", [])), []);
});
