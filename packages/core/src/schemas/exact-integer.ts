/** An integer as exact as it came: a number where JavaScript holds it exactly, else its decimal digits. */
export type ExactInteger = number | string
