import { z } from "zod";

// While a schema is being made, zod tries whether it may compile code; in a page the content security policy forbids
// that and counts the attempt. Every module of the contract takes zod from here, so that this comes first whatever
// order a bundler loads them in. Elsewhere schemas stay compiled.
if ("document" in globalThis) z.config({ jitless: true });

export { z };
