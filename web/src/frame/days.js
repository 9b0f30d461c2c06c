/** Days as whole numbers since 1970-01-01, negative before it. */

const MS = 86_400_000;
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const WEEKDAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];

/** @param {string} iso a day written YYYY-MM-DD @returns {number} */
export const toDay = (iso) => Math.round(Date.parse(`${iso}T00:00:00Z`) / MS);

/** @param {number} day @returns {string} YYYY-MM-DD */
export const toIso = (day) => new Date(day * MS).toISOString().slice(0, 10);

/** @param {number} day @returns {string} "20 Dec 2020" */
export function toWords(day) {
  const date = new Date(day * MS);
  return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
}

/** @param {number} day @returns {string} "Sun 20 Dec 2020" */
export const toLongWords = (day) => `${WEEKDAYS[new Date(day * MS).getUTCDay()]} ${toWords(day)}`;

/** First day of a year. @param {number} year */
export const yearStart = (year) => Math.round(Date.UTC(year, 0, 1) / MS);

/** First day of a month, counted from 0. @param {number} year @param {number} month */
export const monthStart = (year, month) => Math.round(Date.UTC(year, month, 1) / MS);

/** @param {number} day */
export const yearOf = (day) => new Date(day * MS).getUTCFullYear();

/** Short name of a month, counted from 0. @param {number} month */
export const monthName = (month) => MONTHS[month];

/** 12098 -> "12 098", with a thin space. @param {number} value */
export const grouped = (value) => String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, "\u2009");
