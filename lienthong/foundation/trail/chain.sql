-- The text that an entry's hash covers: every column, separated by a character that the columns cannot forge
-- because each is length-prefixed.
CREATE FUNCTION trail_canonical(e trail_entry) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT string_agg(coalesce(length(v)::text, '-') || ':' || coalesce(v, ''), '' ORDER BY place)
  FROM unnest(ARRAY[
    e.chain::text, e.no::text, (extract(epoch FROM e.at) * 1000000)::bigint::text, e.verb, e.sentence,
    e.person_id::text, e.person_name, e.post_id::text, e.post_name, e.standing_in,
    e.subject_kind, e.subject_id::text, e.details::text, encode(e.previous, 'hex')
  ]) WITH ORDINALITY AS t(v, place)
$$;

CREATE FUNCTION trail_link() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO trail_chain AS c (chain, last_no, last_hash) VALUES (NEW.chain, 1, ''::bytea)
    ON CONFLICT (chain) DO UPDATE SET last_no = c.last_no + 1
    RETURNING last_no, last_hash INTO NEW.no, NEW.previous;
  NEW.hash := sha256(convert_to(trail_canonical(NEW), 'UTF8'));
  UPDATE trail_chain SET last_hash = NEW.hash WHERE chain = NEW.chain;
  RETURN NEW;
END $$;

CREATE TRIGGER trail_link BEFORE INSERT ON trail_entry FOR EACH ROW EXECUTE FUNCTION trail_link();

CREATE FUNCTION trail_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'trail is append-only: % on % refused', TG_OP, TG_TABLE_NAME;
END $$;

CREATE TRIGGER trail_append_only BEFORE UPDATE OR DELETE ON trail_entry
  FOR EACH ROW EXECUTE FUNCTION trail_refuse();
CREATE TRIGGER trail_never_empty BEFORE TRUNCATE ON trail_entry
  FOR EACH STATEMENT EXECUTE FUNCTION trail_refuse();
CREATE TRIGGER trail_anchor_append_only BEFORE UPDATE OR DELETE ON trail_anchor
  FOR EACH ROW EXECUTE FUNCTION trail_refuse();
