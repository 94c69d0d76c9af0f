// Runs scripts of the extension as a page does, one after the other in one global scope, on a page that has nothing
// for them: what is left are the constants that they name after themselves, with what they compute.
import { readFileSync } from "node:fs";
import { createContext, runInContext } from "node:vm";

const PACKAGE = new URL("../../ext/sphinx_paper_table/", import.meta.url);

/** What an element of a page would be; none is there. */
const nothing = { querySelectorAll: () => [], querySelector: () => null, getElementById: () => null };

/** Return the constant of the last of these scripts, and the page's history and address. */
export function load(name, ...paths) {
  const told = [];
  const page = {
    URLSearchParams,
    URL,
    IntersectionObserver: class {},
    requestAnimationFrame: () => 0,
    addEventListener: () => {},
    document: { ...nothing, currentScript: null, documentElement: { lang: "en", dataset: {} } },
    location: { pathname: "/page.html", search: "", hash: "", href: "https://site.example/page.html" },
    history: { state: null, replaceState: (...state) => told.push(state.at(-1)), pushState: (...state) => told.push(state.at(-1)) },
  };
  const context = createContext(page);
  for (const path of ["sphinx_host/paper_shared.js", ...paths])
    runInContext(readFileSync(new URL(path, PACKAGE), "utf-8"), context, { filename: path });
  return { script: runInContext(name, context), page, told };
}

/** A copy whose arrays and objects are those of this scope: `deepEqual` looks at prototypes. */
export const here = (value) => JSON.parse(JSON.stringify(value));
