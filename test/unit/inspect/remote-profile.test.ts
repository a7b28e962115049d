import { expect, test } from "vitest";
import { evaluateRemoteProfile, type RemoteProfileSettings } from "#domain/inspect/remote-profile";

const safe: RemoteProfileSettings = {
  profile: "local-only",
  serverEnabled: true,
  bind: "127.0.0.1:8787",
  authMode: "token",
  tokenConfigured: true,
  passwordConfigured: true,
};
const password = { authMode: "password-session" } as const;
const anywhere = { bind: "0.0.0.0:8787" } as const;

/** Every row of the remote profile table of spec/tau/health.md §5, with gate and risk. */
test.each<[Partial<RemoteProfileSettings>, string[], string, string]>([
  [{}, ["local_only_loopback_bind", "local_only_auth_token"], "pass", "low"],
  [password, ["local_only_loopback_bind", "local_only_auth_password_session"], "pass", "low"],
  [
    { authMode: "localhost-dev" },
    ["local_only_loopback_bind", "local_only_auth_localhost_dev"],
    "pass",
    "low",
  ],
  [anywhere, ["local_only_non_loopback_bind", "local_only_auth_token"], "hold", "high"],
  [
    { profile: "password-remote", ...password },
    [
      "password_remote_password_session_auth",
      "password_remote_password_configured",
      "password_remote_loopback_bind",
    ],
    "pass",
    "moderate",
  ],
  [
    { profile: "password-remote", ...password, ...anywhere },
    [
      "password_remote_password_session_auth",
      "password_remote_password_configured",
      "password_remote_non_loopback_bind",
    ],
    "pass",
    "elevated",
  ],
  [
    { profile: "password-remote", passwordConfigured: false },
    [
      "password_remote_auth_mode_mismatch",
      "password_remote_missing_password",
      "password_remote_loopback_bind",
    ],
    "hold",
    "high",
  ],
  [
    { profile: "proxy-remote" },
    ["proxy_remote_token_auth", "proxy_remote_token_configured", "proxy_remote_loopback_bind"],
    "pass",
    "moderate",
  ],
  [
    { profile: "proxy-remote", ...anywhere },
    ["proxy_remote_token_auth", "proxy_remote_token_configured", "proxy_remote_non_loopback_bind"],
    "pass",
    "elevated",
  ],
  [
    { profile: "proxy-remote", ...password, tokenConfigured: false },
    ["proxy_remote_auth_mode_mismatch", "proxy_remote_missing_token", "proxy_remote_loopback_bind"],
    "hold",
    "high",
  ],
  [
    { profile: "tailscale-serve" },
    ["tailscale_serve_loopback_bind", "tailscale_serve_token_auth", "tailscale_serve_token_configured"],
    "pass",
    "moderate",
  ],
  [
    { profile: "tailscale-serve", ...password },
    [
      "tailscale_serve_loopback_bind",
      "tailscale_serve_password_session_auth",
      "tailscale_serve_password_configured",
    ],
    "pass",
    "moderate",
  ],
  [
    { profile: "tailscale-serve", ...anywhere, tokenConfigured: false },
    ["tailscale_serve_non_loopback_bind", "tailscale_serve_token_auth", "tailscale_serve_missing_token"],
    "hold",
    "high",
  ],
  [
    { profile: "tailscale-serve", ...password, passwordConfigured: false },
    [
      "tailscale_serve_loopback_bind",
      "tailscale_serve_password_session_auth",
      "tailscale_serve_missing_password",
    ],
    "hold",
    "high",
  ],
  [
    { profile: "tailscale-serve", authMode: "localhost-dev" },
    ["tailscale_serve_loopback_bind", "tailscale_serve_localhost_dev_auth_unsupported"],
    "hold",
    "high",
  ],
  [
    { profile: "tailscale-funnel", ...password },
    [
      "tailscale_funnel_loopback_bind",
      "tailscale_funnel_password_session_auth",
      "tailscale_funnel_password_configured",
    ],
    "pass",
    "moderate",
  ],
  [
    { profile: "tailscale-funnel", ...anywhere, passwordConfigured: false },
    [
      "tailscale_funnel_non_loopback_bind",
      "tailscale_funnel_auth_mode_mismatch",
      "tailscale_funnel_missing_password",
    ],
    "hold",
    "high",
  ],
])("%j", (change, codes, gate, risk) => {
  const settings = { ...safe, ...change };
  const report = evaluateRemoteProfile(settings);
  expect(report.reason_codes).toEqual([
    `profile_${settings.profile.replaceAll("-", "_")}`,
    "server_enabled",
    ...codes,
  ]);
  expect(report).toMatchObject({ gate, risk_level: risk, remote_enabled: settings.profile !== "local-only" });
  expect(report.posture).toBe(settings.profile === "local-only" ? "local-only" : "remote-enabled");
  expect(report.recommendations.includes("no_immediate_action_required")).toBe(gate === "pass");
});

test.each([
  ["127.9.9.9:1", true],
  ["[::1]:8787", true],
  ["[0:0:0:0:0:0:0:1]:8787", true],
  ["10.0.0.1:80", false],
  ["[::]:80", false],
  ["[::ffff:127.0.0.1]:80", false],
  ["[1::1]:80", false],
])("%s is loopback: %s", (bind, loopback) => {
  expect(evaluateRemoteProfile({ ...safe, bind }).loopback_bind).toBe(loopback);
});

test.each(["localhost:8787", "127.0.0.1", "127.0.0.1:65536", "127.0.0.256:1", "::1:80", "[::g]:80", ""])(
  "%j is no address",
  (bind) => {
    expect(() => evaluateRemoteProfile({ ...safe, bind })).toThrow(/expected ip:port/);
  },
);
