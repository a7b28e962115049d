import { configureGlobal } from "fast-check";
import { seed } from "./depth";

// Every property draws from the seed of the run, so that a run can be repeated.
configureGlobal({ seed });
