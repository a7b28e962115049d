import { Tabs } from "@base-ui/react/tabs";

/** The tabs of a page in one line, inside a `Tabs.Root`. */
export function TabStrip<Tab extends string>(props: {
  readonly label: string;
  readonly tabs: readonly Tab[];
  readonly words: Readonly<Record<Tab, string>>;
}) {
  return (
    <Tabs.List aria-label={props.label} className="flex h-8 shrink-0 gap-1">
      {props.tabs.map((tab) => (
        <Tabs.Tab
          key={tab}
          value={tab}
          className="h-8 border-b-2 border-transparent px-2 text-muted hover:text-ink data-active:border-accent data-active:font-medium data-active:text-ink"
        >
          {props.words[tab]}
        </Tabs.Tab>
      ))}
    </Tabs.List>
  );
}
