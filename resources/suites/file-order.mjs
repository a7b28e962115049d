import { BaseSequencer } from "vitest/node";

/**
 * Suites by how long their files take: what opens windows and pages first, what is over in a second last, so that no
 * worker sits idle at the end while another works through a long file.
 */
const order = /** @type {const} */ (["electron", "e2e", "integration", "unit"]);

/** Runs long files before short ones, across all suites. */
export class FileOrder extends BaseSequencer {
  /**
   * @override
   * @param {import("vitest/node").TestSpecification[]} files
   */
  async sort(files) {
    const sorted = await super.sort(files);
    const rank = (/** @type {import("vitest/node").TestSpecification} */ { project }) =>
      order.findIndex((suite) => suite === project.name);
    return sorted.toSorted((left, right) => rank(left) - rank(right));
  }
}
