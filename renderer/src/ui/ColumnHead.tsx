import { classNames } from "./class-names";

/** Title of a table's column. `figures`: its cells are numbers, which stand at the right. */
export function ColumnHead(props: {
  readonly children: string;
  readonly figures?: boolean;
  readonly className?: string;
  readonly title?: string;
}) {
  return (
    <th
      scope="col"
      title={props.title}
      className={classNames(
        "font-medium",
        props.figures === true ? "text-right" : "text-left",
        props.className,
      )}
    >
      {props.children}
    </th>
  );
}
