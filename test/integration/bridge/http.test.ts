import { startBridgeServer } from "../../support/bridge-server";
import { describeBridge } from "./contract-suite";

describeBridge("HTTP and server-sent events", startBridgeServer);
