/** The map alone in a page: the same host as in the dashboard, without a dashboard around it. */

import map from "./map.js";

const data = JSON.parse(document.getElementById("data").textContent);
map({ data, parentElement: document.body, setStateValue: () => {}, setTriggerValue: () => {} });
