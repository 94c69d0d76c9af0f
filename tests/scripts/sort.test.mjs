import { deepEqual, equal } from "node:assert/strict";
import { test } from "node:test";

import { load } from "./load.mjs";

const { script: sorting } = load("paperSort", "cards/paper_sort.js");
const sorted = (values, direction, language = "en") => [...values].sort((a, b) => sorting.compare(a, b, direction, language));

test("numbers are numbers", () => {
  deepEqual(sorted(["10", "9.5", "-1", "1e1"], 1), ["-1", "9.5", "10", "1e1"]);
  deepEqual(sorted(["10", "9.5", "-1"], -1), ["10", "9.5", "-1"]);
});

test("what is not known stands last in both directions", () => {
  deepEqual(sorted(["", "2", "1"], 1), ["1", "2", ""]);
  deepEqual(sorted(["", "1", "2"], -1), ["2", "1", ""]);
  equal(sorting.compare("", "", 1), 0);
});

test("numbers in words are numbers too", () => {
  deepEqual(sorted(["ResNet-101", "ResNet-50", "ResNet-9"], 1), ["ResNet-9", "ResNet-50", "ResNet-101"]);
});

test("dates of different length stand in the order of time", () => {
  deepEqual(sorted(["2020-11", "2020-02-13", "2019-11"], 1), ["2019-11", "2020-02-13", "2020-11"]);
});

test("clicks bring the first direction, the other one, and the order of the page", () => {
  for (const first of [1, -1]) {
    const seen = [0];
    for (let click = 0; click < 3; click++) seen.push(sorting.directionAfter(seen.at(-1), first));
    deepEqual(seen.map((value) => value + 0), [0, first, -first, 0]);
  }
});

test("the order is in the address, beside what others have put there", () => {
  equal(String(sorting.queryWith("?q=a", "order", "date", 1)), "q=a&order=date");
  equal(String(sorting.queryWith("?order=date&q=a", "order", "date", -1)), "q=a&order=-date");
  equal(String(sorting.queryWith("?order=-date&2-order=1", "order", "date", 0)), "2-order=1");
});
