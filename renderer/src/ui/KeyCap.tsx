/** A key of the keyboard, as printed on it. */
export function KeyCap(props: { readonly children: string }) {
  return (
    <kbd className="figure inline-flex h-4.5 min-w-4.5 items-center justify-center rounded-[2px] border border-line-strong bg-raised px-1 text-small leading-none text-muted">
      {props.children}
    </kbd>
  );
}
