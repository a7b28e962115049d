/** Where one API is asked, and how. */
export interface Endpoint {
  /** Without a slash at the end. */
  readonly baseUrl: string;
  readonly key: string;
  /** Milliseconds for one exchange. */
  readonly timeoutMs: number;
}
