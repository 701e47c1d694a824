const item = (i) => ({
  id: i,
  name: `item ${i}`,
  tags: ['a', 'b', 'c'],
  price: i * 1.25,
  stock: { here: i % 7, there: i % 11 },
});

const SIZES = { small: 1, medium: 100, large: 10_000 };

const textOf = (size) => JSON.stringify(Array.from({ length: SIZES[size] }, (_, i) => item(i)));

/** Measured once for each of the `params` in the config: `setup` gets the value, `fn` what `setup` returned. */
export const parse = {
  setup: textOf,
  fn: (text) => JSON.parse(text),
};

export const stringify = {
  setup: (size) => JSON.parse(textOf(size)),
  fn: (value) => JSON.stringify(value),
};
