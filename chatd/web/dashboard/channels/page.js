import { detail } from "./detail.js";
import { list } from "./list.js";

/** The channels of an application, or one of them. */
export function open(place) {
  return place.path.length ? detail(place, place.path[0]) : list(place);
}
