import { create } from "zustand";

/** `system` follows the machine. */
export type ThemeChoice = "system" | "light" | "dark";

const storageKey = "gatehouse.theme";
const order: readonly ThemeChoice[] = ["system", "light", "dark"];

function chosen(): ThemeChoice {
  const { theme } = document.documentElement.dataset;
  return theme === "light" || theme === "dark" ? theme : "system";
}

/** The chosen theme. `public/apply-theme.js` set it on the page before the first paint. */
export const useTheme = create<{ readonly choice: ThemeChoice }>(() => ({ choice: chosen() }));

/** Applies and remembers a choice; where storage is refused it holds for this window only. */
export function chooseTheme(choice: ThemeChoice): void {
  const root = document.documentElement;
  if (choice === "system") delete root.dataset["theme"];
  else root.dataset["theme"] = choice;
  useTheme.setState({ choice });
  try {
    if (choice === "system") localStorage.removeItem(storageKey);
    else localStorage.setItem(storageKey, choice);
  } catch {
    // Refused storage only means that the choice is not remembered.
  }
}

/** The choice that follows: system, light, dark, and round again. */
export function nextTheme(choice: ThemeChoice): ThemeChoice {
  return order[(order.indexOf(choice) + 1) % order.length] ?? "system";
}
