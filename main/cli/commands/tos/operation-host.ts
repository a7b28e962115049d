import { systemClock } from "../../../system/clock";
import { operatorName } from "../../../system/operator";
import type { OperationHost } from "../../../tos/launcher/operation";
import { outliveReaders } from "../../../tos/launcher/outlive-readers";
import type { CommandContext } from "../../terminal";

/** This process as the place where an operation runs: it ends by itself, whoever stops listening. */
export function operationHost({ terminal, environment }: CommandContext): OperationHost {
  outliveReaders([process.stdout, process.stderr]);
  return { terminal, environment, clock: systemClock, operator: operatorName() };
}
