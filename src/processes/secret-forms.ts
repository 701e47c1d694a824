/**
 * Forms in which secrets show up in output: as they are, line by line, and as URLs, JSON and base64 carry them. Longest
 * first, so that a secret inside another one does not leave its rest behind. `shortest`: characters of a secret that counts.
 */
export function secretForms(secrets: readonly string[], shortest = 1): string[] {
  const forms = new Set<string>();
  for (const secret of secrets) {
    for (const text of [secret, ...secret.split(/\r\n|\r|\n/)].map((part) => part.trim())) {
      if (text.length < shortest) continue;
      forms.add(text);
      // In a URL half a surrogate pair becomes a replacement character.
      forms.add(encodeURIComponent(text.replace(/[\ud800-\udfff]/gu, '\ufffd')));
      forms.add(JSON.stringify(text).slice(1, -1));
      if (text.length >= 6) forms.add(Buffer.from(text).toString('base64'));
    }
  }
  return [...forms].sort((a, b) => b.length - a.length);
}
