import { z } from "zod";

// zod tries whether it may compile code as soon as a schema is made, which the content security policy reports as a
// violation. So this must be the first import of the page's entry, before any module of the contract.
z.config({ jitless: true });
