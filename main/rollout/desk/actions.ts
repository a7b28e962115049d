import { randomUUID } from "node:crypto";
import type { Actor, Refusal, RolloutCommand } from "#contract/rollout/command";
import type { CommandOutcome, ParsedInput } from "#contract/requests";
import type { RolloutView } from "#contract/rollout/view";
import { obstaclesTo } from "#domain/rollout/obstacles";
import type { Decision } from "#domain/rollout/state";
import { operatorName } from "../../system/operator";
import type { ReadInstant } from "../instant";
import type { RolloutStore } from "../journal/journal-types";
import { readStartChoices } from "../profiles";
import type { CheckTaker } from "./check-taker";
import type { Ledger } from "./ledger";

/** What stands against a promotion that a check taken now may remove, or that a reason of its own lifts. */
const liftedByCheck: ReadonlySet<Refusal["code"]> = new Set(["no-check", "evidence-old", "freeze-window"]);

export interface ActionsOptions {
  readonly ledger: Ledger;
  readonly checks: CheckTaker;
  readonly now: ReadInstant;
  readonly workspacePath: string;
  /** Why the open journal cannot be trusted; empty when it can. */
  readonly brokenBecause: () => string;
  /** The open rollout as it is shown now; null before the first. */
  readonly view: () => RolloutView | null;
  readonly store: RolloutStore;
}

/** What operators ask for, answered with an outcome and the state as it is afterwards. */
export interface Actions {
  start(input: ParsedInput<"rollout.start">): Promise<CommandOutcome>;
  command(command: RolloutCommand): Promise<CommandOutcome>;
}

/** A name for an effect that no other effect has; it may stand in a file's name. */
export function newEffectId(): string {
  return randomUUID();
}

/** Binds what operators ask for to the ledger. Actions reject with a `BridgeError` when nothing could be written. */
export function createActions(options: ActionsOptions): Actions {
  const { ledger, checks, now } = options;
  const operator = (): Actor => ({ kind: "operator", name: operatorName() });
  const refused = (refusal: Refusal): CommandOutcome => ({
    outcome: "refused",
    message: "",
    refusal,
    rollout: options.view(),
  });
  const answer = ({ refusal, events, message }: Decision): CommandOutcome => {
    if (refusal !== null) return refused(refusal);
    const outcome = events.length === 0 ? "unchanged" : "done";
    return { outcome, message, refusal: null, rollout: options.view() };
  };

  async function refuseRollout({ rolloutId }: RolloutCommand): Promise<CommandOutcome | null> {
    const latest = ledger.open?.state.rolloutId;
    if (rolloutId !== latest) {
      // Rejects for one that does not exist.
      await options.store.read(rolloutId);
      return refused({
        code: "not-latest",
        message: `Rollout ${rolloutId} is not the one this workspace works on.`,
        details: [latest === undefined ? "None can be worked on." : `That is ${latest}.`],
      });
    }
    const problem = options.brokenBecause();
    if (problem === "") return null;
    return refused({
      code: "journal-broken",
      message: "The rollout's journal cannot be trusted, so nothing is added to it; start a new rollout.",
      details: [problem],
    });
  }

  async function check(): Promise<CommandOutcome> {
    const taken = await checks.take("manual");
    if ("check" in taken)
      return {
        outcome: "done",
        message: `Check ${taken.check} was taken.`,
        refusal: null,
        rollout: options.view(),
      };
    return refused(
      taken.refusal ?? { code: "rollout-ended", message: "The rollout has ended.", details: [] },
    );
  }

  return {
    async start(request) {
      const { profiles, problems } = await readStartChoices(options.workspacePath);
      const found = profiles.find(({ profile }) => profile.id === request.profileId);
      if (!found) {
        const file = `.gatehouse/profiles/${request.profileId}.json`;
        const details = problems.filter((problem) => problem.startsWith(file));
        return refused(
          details.length > 0
            ? {
                code: "invalid-profile",
                message: `The profile ${request.profileId} cannot be used.`,
                details,
              }
            : {
                code: "unknown-profile",
                message: `There is no profile ${request.profileId}; it would be ${file}.`,
                details: [`expected one of: ${profiles.map(({ profile }) => profile.id).join(", ")}`],
              },
        );
      }
      const decision = await ledger.start(
        {
          kind: "start",
          rolloutId: await options.store.newRolloutId(now().unixMs),
          request,
          profile: found.profile,
          profileSource: found.source,
          by: operator(),
        },
        () => options.brokenBecause() !== "",
      );
      return answer(decision);
    },

    async command(command) {
      const refusal = await refuseRollout(command);
      if (refusal) return refusal;
      if (command.command === "check") return check();
      const state = ledger.open?.state;
      if (command.command === "promote" && state?.revision === command.revision) {
        const obstacle = obstaclesTo(state, "promote", now());
        // A check that cannot lead to the promotion is not taken: triggers count checks, not presses of a button.
        if (obstacle === null || liftedByCheck.has(obstacle.code)) await checks.take("promotion");
      }
      const decision = await ledger.submit((current) =>
        current.rolloutId === command.rolloutId
          ? { kind: "command", command, by: operator(), effectId: newEffectId() }
          : null,
      );
      // Another rollout was started meanwhile.
      return decision ? answer(decision) : ((await refuseRollout(command)) ?? refusedEnded());
    },
  };

  function refusedEnded(): CommandOutcome {
    return refused({ code: "rollout-ended", message: "The rollout has ended.", details: [] });
  }
}
