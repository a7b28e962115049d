import { describeBridge } from "../integration/bridge/contract-suite";
import { launchConsole } from "../support/electron-console";
import { createPageTransport } from "../support/page-transport";

describeBridge("Electron messages", async (workspacePath) => {
  const console = await launchConsole({ workspacePath });
  return {
    transport: createPageTransport(console.page),
    breakConnections: null,
    close: () => console.close(),
  };
});
