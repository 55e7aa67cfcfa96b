import { h } from "./element.js";
import { told } from "./language.js";

/**
 * A form that does one thing. While it is being done the button says so and does nothing more;
 * what goes wrong is shown above the button.
 */
export function submitForm({ fields, button, work, explain = (failure) => told(failure.message), extra = [] }) {
  const problem = h("p", { class: "problem", role: "alert", hidden: true });
  const action = h("button", { type: "submit", class: "button primary wide" }, button);
  const submit = async (event) => {
    event.preventDefault();
    if (action.getAttribute("aria-busy") === "true") return;
    action.setAttribute("aria-busy", "true");
    problem.hidden = true;
    try {
      await work();
    } catch (failure) {
      problem.textContent = explain(failure);
      problem.hidden = false;
    } finally {
      action.removeAttribute("aria-busy");
    }
  };
  return h("form", { class: "form", onsubmit: submit, novalidate: true }, fields, problem, action, extra);
}
