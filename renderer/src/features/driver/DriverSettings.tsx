import { Field } from "@base-ui/react/field";
import { useState } from "react";
import type { BridgeError } from "#contract/envelope";
import { runnerLimitsSchema } from "#contract/settings";
import type { SurfaceView } from "#contract/view";
import { asBridgeError } from "../../state/use-request";
import { Button } from "../../ui/Button";
import { ErrorNotice } from "../../ui/Notice";
import { configureDriver } from "./driver-actions";
import { problemsOf, settingsFields, settingsOf, settingsText } from "./settings-form";

/** Interval and limits of an embedded driver, checked while typed and written to the workspace's settings file. */
export function DriverSettings(props: { readonly view: SurfaceView }) {
  const { driver, reading } = props.view;
  const inForce = settingsText(driver.intervalMs ?? 15_000, driver.limits ?? runnerLimitsSchema.parse({}));
  const [text, setText] = useState(inForce);
  const [error, setError] = useState<BridgeError | null>(null);
  const problems = problemsOf(text);
  const wrong = Object.keys(problems).length > 0;
  const changed = settingsFields.some(({ key }) => text[key] !== inForce[key]);
  const save = async (): Promise<void> => {
    setError(null);
    try {
      await configureDriver({ surface: reading.surface, ...settingsOf(text) });
    } catch (failure) {
      setError(asBridgeError(failure));
    }
  };
  return (
    <form
      className="flex flex-col"
      onSubmit={(event) => {
        event.preventDefault();
        if (!wrong && changed) void save();
      }}
    >
      <div className="px-3 py-1">
        {settingsFields.map(({ key, label }) => (
          <Field.Root
            key={key}
            invalid={problems[key] !== undefined}
            className="grid grid-cols-[1fr_7rem] items-center gap-x-3 py-0.5"
          >
            <Field.Label className="text-muted">{label}</Field.Label>
            <Field.Control
              inputMode="decimal"
              value={text[key]}
              onValueChange={(value) => setText({ ...text, [key]: value })}
              className="figure h-7 rounded-control border border-control bg-panel px-2 text-right data-invalid:border-failing"
            />
            <Field.Error
              match={problems[key] !== undefined}
              className="col-span-2 text-right text-small text-failing"
            >
              {problems[key]}
            </Field.Error>
          </Field.Root>
        ))}
      </div>
      {error !== null && <ErrorNotice error={error} className="mx-2 mb-2" />}
      <div className="flex h-10 items-center justify-end gap-2 border-t border-line px-3">
        <Button look="quiet" disabled={!changed} onClick={() => setText(inForce)}>
          Put back
        </Button>
        <Button type="submit" disabled={!changed || wrong}>
          Save to the settings file
        </Button>
      </div>
    </form>
  );
}
