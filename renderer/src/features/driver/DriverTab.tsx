import type { SurfaceView } from "#contract/view";
import { Section } from "../../ui/Section";
import { DriverFacts } from "./DriverFacts";
import { DriverSettings } from "./DriverSettings";
import { FixtureList } from "./FixtureList";
import { RunConsole } from "./RunConsole";

/** The driver: what it is and does, its fixtures and settings, and the output of its runs. */
export function DriverTab(props: { readonly view: SurfaceView }) {
  const { view } = props;
  const embedded = view.driver.kind === "embedded";
  return (
    <div className="grid min-h-0 flex-1 grid-cols-[minmax(380px,2fr)_minmax(0,3fr)] py-2 pr-2 pl-2">
      <div className="scroll-region flex min-h-0 flex-col gap-2">
        <Section title="Driver" className="shrink-0">
          <DriverFacts driver={view.driver} />
        </Section>
        {embedded && (
          <>
            <Section title="Fixtures" className="shrink-0">
              <FixtureList view={view} />
            </Section>
            <Section title="Schedule and limits" className="shrink-0">
              <DriverSettings
                key={JSON.stringify([view.driver.limits, view.driver.intervalMs])}
                view={view}
              />
            </Section>
          </>
        )}
      </div>
      <RunConsole view={view} />
    </div>
  );
}
