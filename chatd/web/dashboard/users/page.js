import { list } from "./list.js";
import { detail } from "./detail.js";

/** The users of an application, or one of them. */
export function open(place) {
  return place.path.length ? detail(place, place.path[0]) : list(place);
}
