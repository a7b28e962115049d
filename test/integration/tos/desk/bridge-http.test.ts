import { startBridgeServer } from "../../../support/bridge-server";
import { describeTosBridge } from "./bridge-suite";

describeTosBridge("HTTP and server-sent events", startBridgeServer);
