/** True while keys belong to a field, or to what lies over the page: single keys of the page are then left alone. */
export function keysBelongElsewhere(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return (
    target.closest("input, textarea, select, [contenteditable], [role='dialog'], [role='alertdialog']") !==
    null
  );
}
