// The page's two colours, as shares of red, green and blue: blue for positive sums and for the left map, amber for negative ones and the right.

export const positive = [0.35, 0.8, 1];
export const negative = [1, 0.68, 0.3];

/** The value of no sum in a map with its sign. */
export const zero = 128;
