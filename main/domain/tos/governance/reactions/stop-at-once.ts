/** Where the conditions stand under which everything is stopped at once. */
export const stopSource = "spec/tos/governance.md §6, stop immediately";

/** Where it stands how an outcome is to be read. */
export const classificationSource = "spec/tos/governance.md §6, observed and classification";
