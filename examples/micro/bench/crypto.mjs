import { createHmac, randomBytes, randomUUID, scryptSync, timingSafeEqual } from 'node:crypto';

export const uuid = () => randomUUID();

const salt = randomBytes(16);
export const scrypt = () => scryptSync('correct horse battery staple', salt, 32, { N: 4096, r: 8, p: 1 });

const key = randomBytes(32);
const base64 = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
const signature = (text) => createHmac('sha256', key).update(text).digest();

function sign(claims) {
  const text = `${base64({ alg: 'HS256', typ: 'JWT' })}.${base64(claims)}`;
  return `${text}.${signature(text).toString('base64url')}`;
}

function verify(token) {
  const end = token.lastIndexOf('.');
  const given = Buffer.from(token.slice(end + 1), 'base64url');
  if (!timingSafeEqual(given, signature(token.slice(0, end)))) throw new Error('wrong signature');
  return JSON.parse(Buffer.from(token.slice(token.indexOf('.') + 1, end), 'base64url').toString());
}

const claims = { sub: '1234567890', name: 'Jane Doe', iat: 1_516_239_022, roles: ['reader', 'writer'] };
const token = sign(claims);

/** HS256 by hand, as RFC 7519 has it. */
export const jwtSign = () => sign(claims);
export const jwtVerify = () => verify(token);
