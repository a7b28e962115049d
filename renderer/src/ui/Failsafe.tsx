import { Component, type ReactNode } from "react";
import { Button } from "./Button";
import { Notice } from "./Notice";

/**
 * Keeps a part of the window that cannot be drawn from taking the rest with it. The operator sees what went wrong and
 * may reload the window, which loses nothing: the host keeps all there is. Going elsewhere works as ever.
 */
export class Failsafe extends Component<
  { readonly part: string; readonly children: ReactNode },
  { readonly problem: string | null }
> {
  override state: { readonly problem: string | null } = { problem: null };

  static getDerivedStateFromError(error: unknown): { problem: string } {
    return { problem: error instanceof Error ? error.message : String(error) };
  }

  override render(): ReactNode {
    const { problem } = this.state;
    if (problem === null) return this.props.children;
    return (
      <Notice
        tone="failing"
        live
        className="m-2"
        title={`${this.props.part} cannot be shown.`}
        action={
          <Button size="small" onClick={() => window.location.reload()}>
            Reload the window
          </Button>
        }
      >
        <p className="figure text-small break-words text-muted">{problem}</p>
      </Notice>
    );
  }
}
