// What the bar above a list of references computes.
import assert from "node:assert/strict";
import { test } from "node:test";
import { here, load } from "./load.mjs";

const { script } = load("paperReferences", "features/references/paper_references.js");
const RIS = "TY  - JOUR\nID  - lee2020one\nER  - \n\nTY  - JOUR\nTI  - ER  - no end\nID  - he2020two\nER  - \n\n";

test("words are found where they begin, without accents, and Chinese anywhere", () => {
  const text = script.spaced("Mučić, J. (2020). The hedge: 自监督学习.");
  for (const words of [["mucic"], ["2020", "hed"], ["监督"]]) assert.equal(script.hasWords(text, words), true, words);
  for (const words of [["edge"], ["he", "she"], ["有监督"]]) assert.equal(script.hasWords(text, words), false, words);
});

test("cite keys are those of every entry, also of a set with its members", () => {
  const source = "@set{both,\n  entryset = {one,two},\n}\n\n@article{one,\n  title = {A @misc{no, key}},\n}\n\n@inproceedings{two:2-x,\n}";
  assert.deepEqual(here(script.keysIn(source)), ["both", "one", "two:2-x"]);
});

test("of a file, the records that show are left, whole", () => {
  const some = new Set(["he2020two"]);
  assert.equal(script.only(RIS, "RIS", some), "TY  - JOUR\nTI  - ER  - no end\nID  - he2020two\nER  - \n\n");
  assert.equal(script.only(RIS, "RIS", new Set(["lee2020one", "he2020two"])), RIS);
  const items = [{ id: "lee2020one" }, { id: "he2020two", title: "T" }];
  assert.deepEqual(JSON.parse(script.only(JSON.stringify(items), "CSL-JSON", some)), [items[1]]);
});
