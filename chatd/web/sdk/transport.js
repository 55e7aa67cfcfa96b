// The one place that names the transport. The npm package has another file here, which imports it from npm.
import "../vendor/centrifuge-5.8.0/centrifuge.js";

export const { Centrifuge } = globalThis;
