// A timestamping authority made of the openssl program: `openssl ts -reply` over a certificate of its own.
#pragma once

#include <gtest/gtest.h>

#include <fstream>
#include <mutex>
#include <sstream>
#include <string>

#include "support/outside_tool.h"

namespace probity::test {

class OpensslAuthority {
 public:
  OpensslAuthority() {
    write("ca.cnf",
          "[req]\ndistinguished_name=name\n[name]\n[root]\nbasicConstraints=critical,CA:TRUE\n"
          "keyUsage=critical,keyCertSign\nsubjectKeyIdentifier=hash\n"
          "[tsa]\nbasicConstraints=critical,CA:FALSE\nkeyUsage=critical,digitalSignature\n"
          "extendedKeyUsage=critical,timeStamping\n"
          "[config]\nserial=" +
              path("serial") +
              "\nsigner_digest=sha256\ndefault_policy=1.2.3.4.1\n"
              "digests=sha256\naccuracy=secs:1\ness_cert_id_alg=sha256\n");
    run("openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 3650 -subj '/O=Meridian "
        "Time/CN=Root' "
        "-keyout root.key -out root.pem -config ca.cnf -extensions root");
    run("openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj '/O=Meridian Time/CN=Stamps' "
        "-keyout tsa.key -out tsa.csr -config ca.cnf");
    run("openssl x509 -req -in tsa.csr -CA root.pem -CAkey root.key -CAcreateserial -days 3000 -out tsa.pem "
        "-extfile ca.cnf -extensions tsa");
    write("serial", "01\n");
  }

  std::string roots_pem() const { return read("root.pem"); }
  std::string roots_file() const { return path("root.pem"); }

  // The reply to a query; empty when openssl refuses.
  std::string reply(const std::string& query) {
    const std::lock_guard lock(mutex_);
    write("query.tsq", query);
    std::filesystem::remove(path("reply.tsr"));
    run("openssl ts -reply -config ca.cnf -section config -queryfile query.tsq -signer tsa.pem -inkey tsa.key "
        "-chain root.pem -out reply.tsr");
    return read("reply.tsr");
  }

 private:
  std::string path(const std::string& name) const { return folder_.path(name).string(); }
  void write(const std::string& name, const std::string& text) const {
    std::ofstream(path(name), std::ios::binary) << text;
  }
  std::string read(const std::string& name) const {
    std::ostringstream text;
    text << std::ifstream(path(name), std::ios::binary).rdbuf();
    return text.str();
  }
  void run(const std::string& command) const {
    const ToolResult result = run_tool("cd '" + path("") + "' && " + command);
    EXPECT_EQ(result.status, 0) << command << "\n" << result.output;
  }

  TemporaryFolder folder_;
  std::mutex mutex_;
};

}  // namespace probity::test
