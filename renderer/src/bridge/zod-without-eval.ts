import { z } from "zod";

// zod tries whether it may compile code, which the content security policy reports as a violation. This module must be
// imported before any other that parses.
z.config({ jitless: true });
