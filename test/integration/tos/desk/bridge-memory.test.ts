import { openMemoryBridge } from "../../../support/memory-bridge";
import { describeTosBridge } from "./bridge-suite";

describeTosBridge("memory", openMemoryBridge);
