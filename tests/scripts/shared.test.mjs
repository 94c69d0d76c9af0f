import { deepEqual, equal } from "node:assert/strict";
import { test } from "node:test";

import { load } from "./load.mjs";

const { script: shared, page, told } = load("paperTable");

test("a message is filled at its names, and keeps what nobody gives", () => {
  equal(shared.filled("{shown} of {all} methods", { shown: 3, all: 12 }), "3 of 12 methods");
  equal(shared.filled("{all} 个方法中的 {shown} 个", { shown: 3, all: 12 }), "12 个方法中的 3 个");
  equal(shared.filled("{q}", { q: "{all} $& $1" }), "{all} $& $1");
  equal(shared.filled("{unknown}", {}), "{unknown}");
  equal(shared.filled(), "");
});

test("the second thing of a kind has a prefix in the address", () => {
  deepEqual([0, 1, 2].map(shared.prefixOf), ["", "2-", "3-"]);
});

test("an element is looked up as the hash is written, then decoded", () => {
  const ids = { "a b": 1, "100%": 2, "a%20b": 3 };
  const from = { getElementById: (id) => ids[id] ?? null };
  equal(shared.elementOf("#a b", from), 1);
  equal(shared.elementOf("#a%20b", from), 3);
  equal(shared.elementOf("#100%", from), 2);
  equal(shared.elementOf("#%E4%B8", from), null);
  equal(shared.elementOf("", from), null);
});

test("a query is told with the hash, and an empty one leaves no question mark", () => {
  page.location.hash = "#top";
  shared.putQuery(new URLSearchParams([["q", "a b"]]));
  shared.putQuery(new URLSearchParams());
  deepEqual(told, ["/page.html?q=a+b#top", "/page.html#top"]);
});

test("a browser that refuses another address ends nothing", () => {
  page.history.replaceState = () => {
    throw new Error("too many");
  };
  shared.putAddress("#x");
});

test("a click or a key with another key is not plain", () => {
  equal(shared.isPlain({}), true);
  for (const key of ["altKey", "ctrlKey", "metaKey", "shiftKey"]) equal(shared.isPlain({ [key]: true }), false, key);
});
