import { createRef } from "react";

/** Where menus and lists of choices are drawn: inside the page's main part, so that they belong to a landmark. */
export const popupContainer = createRef<HTMLDivElement>();
