/*
 * SQLite as Node has it from 22.5 on, in memory. On Node 20 a table of two maps stands in for it: another thing to
 * measure, which is why results of different major versions of Node are never compared.
 */
const rows = 10_000;

async function open() {
  try {
    const { DatabaseSync } = await import('node:sqlite');
    return new DatabaseSync(':memory:');
  } catch {
    return null;
  }
}

async function statements() {
  const database = await open();
  if (database === null) {
    const byId = new Map();
    const byEmail = new Map();
    return {
      insert: (id, email, name) => {
        const row = Object.freeze({ id, email, name });
        byId.set(id, row);
        byEmail.set(email, row);
        return row;
      },
      select: (email) => byEmail.get(email),
      close: () => {},
    };
  }
  database.exec('CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT UNIQUE, name TEXT)');
  const insert = database.prepare('INSERT OR REPLACE INTO users (id, email, name) VALUES (?, ?, ?)');
  const select = database.prepare('SELECT id, name FROM users WHERE email = ?');
  return {
    insert: (id, email, name) => insert.run(id, email, name),
    select: (email) => select.get(email),
    close: () => database.close(),
  };
}

async function filled() {
  const table = await statements();
  for (let id = 0; id < rows; id += 1) table.insert(id, `user${id}@example.org`, `user ${id}`);
  return { table, next: 0 };
}

const close = ({ table }) => table.close();

/** Rows are replaced in turn: a table that grew with every call would be another one for each. */
export const insert = {
  setup: filled,
  fn: (state) => {
    state.next = (state.next + 7919) % rows;
    return state.table.insert(state.next, `user${state.next}@example.org`, 'somebody');
  },
  teardown: close,
};

export const select = {
  setup: filled,
  fn: (state) => {
    state.next = (state.next + 7919) % rows;
    return state.table.select(`user${state.next}@example.org`);
  },
  teardown: close,
};
