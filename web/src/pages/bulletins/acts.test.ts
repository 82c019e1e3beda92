import assert from "node:assert/strict";
import test from "node:test";
import { hostOf } from "./acts";

test("a link shows its real host, and only web addresses are links", () => {
  assert.equal(hostOf("https://shop.example/item?id=1"), "shop.example");
  assert.equal(hostOf("https://bank.example@evil.example/login"), "evil.example");
  assert.equal(hostOf("http://xn--bcher-kva.example:8080/"), "xn--bcher-kva.example:8080");
  assert.equal(hostOf("javascript:alert(1)"), null);
  assert.equal(hostOf("data:text/html,hello"), null);
  assert.equal(hostOf("shop.example"), null);
});
