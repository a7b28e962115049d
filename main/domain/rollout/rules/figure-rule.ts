import { surfaceLabels } from "#contract/identity";
import type { SurfaceSample } from "#contract/rollout/observation";
import type { RuleId } from "#contract/rollout/vocabulary";
import { surfaceRule, wholeFile, type Rule, type RuleContext } from "./cell";
import { areFiguresUsable, figuresReasons } from "./sample-evidence";

/** How one figure of a surface is judged and spoken of. */
interface FigureRule {
  readonly expected: string;
  /** What went wrong, after the surface's name. */
  readonly title: string;
  readonly remedy: string;
  holds(sample: SurfaceSample, context: RuleContext): boolean;
  observed(sample: SurfaceSample, context: RuleContext): string;
}

/** A gate about one figure of each surface's last cycle. Figures that are no evidence hold it and say why. */
export function figureRule(rule: RuleId, figure: FigureRule): Rule {
  return surfaceRule(rule, (sample, context) => {
    const { expected, title, remedy } = figure;
    const observed = figure.observed(sample, context);
    const record = sample.record ?? wholeFile(sample.path);
    const reasons = figuresReasons(sample, context);
    const surface = surfaceLabels[sample.surface];
    if (areFiguresUsable(sample, context) && !figure.holds(sample, context))
      reasons.push({ status: "failed", title: `${surface}: ${title}`, expected, observed, remedy, record });
    return { expected, observed, record, reasons };
  });
}
