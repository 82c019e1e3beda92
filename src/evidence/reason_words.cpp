#include "evidence/reason_words.h"

#include <algorithm>

namespace probity::evidence {
namespace {

struct Row {
  std::string_view en, zh;  // {} in both stands for a name, a number or another reason
};

constexpr Row kRows[] = {
    // A seal.
    {"the seal's certificate was not valid at the time it states", "印章证书在其所述时间无效"},
    {"the seal states a later time than its timestamp attests", "印章所述时间晚于时间戳所证明的时间"},
    {"the seal's certificate was not valid at the time its timestamp attests", "印章证书在时间戳所证明的时间无效"},
    {"the PDF has no seal", "PDF 未加盖电子印章"},
    {"the seal's range or signature is missing", "缺少印章的范围或签名"},
    {"the sealed range has a second gap", "盖章范围有第二处空缺"},
    {"the sealed range is cut short", "盖章范围被截短"},
    {"the seal's range is malformed", "印章范围格式有误"},
    {"the sealed range does not start at the first byte", "盖章范围未从首字节开始"},
    {"the sealed range leaves out more than the signature", "盖章范围遗漏了签名以外的内容"},
    {"the PDF is shorter than when it was sealed", "PDF 比盖章时短"},
    {"bytes were added after the PDF was sealed", "盖章之后 PDF 被添加了内容"},
    {"the seal states no time", "印章未写明时间"},
    {"the seal's signature is spelled in another way", "印章签名的写法不符"},
    {"the seal's parts are not linked as they should be", "印章各部分的关联不符"},
    {"the PDF has other fields or signatures than the seal", "PDF 含有印章以外的字段或签名"},
    {"the PDF has a field that is no signature", "PDF 含有非签名字段"},
    {"the PDF's signature does not certify it", "PDF 的签名并非认证签名"},
    {"the seal has an unknown extension", "印章含有未知扩展"},
    {"the seal is not in the form of PAdES", "印章不是 PAdES 格式"},
    {"the seal does not say what may change after it", "印章未写明其后可作何更改"},
    {"the seal permits changes after it", "印章允许其后更改"},
    {"a text of the seal is written in another way", "印章中的文字写法不符"},
    {"the PDF was changed before it was sealed", "PDF 在盖章之前已被改动"},
    {"a text of the seal is not UTF-16", "印章中的文字不是 UTF-16"},
    {"a text of the seal holds a NUL", "印章中的文字含有空字符"},
    {"the seal's signature cannot be read", "印章签名无法读取"},
    {"something stands behind the seal's signature", "印章签名之后另有内容"},
    {"the seal is of another kind", "印章属于其他类型"},
    {"the seal's signature has unknown attributes", "印章签名含有未知属性"},
    {"the seal's attributes are malformed", "印章属性格式有误"},
    {"the document was altered after it was sealed", "文件在盖章之后被改动"},
    {"the seal's signature states no time", "印章签名未写明时间"},
    {"the seal holds too many certificates", "印章所含证书过多"},
    {"the seal does not hold its certificate", "印章未附其证书"},
    {"the seal's signature does not name its certificate", "印章签名未指明其证书"},
    {"the seal's signature names its certificate in a malformed way", "印章签名指明证书的格式有误"},
    {"the seal's signature names other certificates", "印章签名指向其他证书"},
    {"the seal was not made by one signer", "印章并非由一个签名者制作"},
    {"the seal's signature is written in another way", "印章签名的编码方式不符"},
    {"the seal's certificate is not for signing", "印章证书不可用于签名"},
    {"the seal's certificate has an unknown critical extension", "印章证书含有未知的关键扩展"},
    {"the seal's signature is not by its certificate", "印章签名与其证书不符"},
    {"no certificate was given to rely on", "未给出可信赖的证书"},
    {"a certificate cannot be read", "证书无法读取"},
    {"there is no certificate", "没有证书"},
    // A PDF.
    {"the file is not a PDF", "该文件不是 PDF"},
    {"the PDF does not end with its end mark: it is cut off, or has bytes added",
     "PDF 未以结束标记结尾：被截断或被添加了内容"},
    {"the PDF does not say where its cross-reference table is", "PDF 未写明交叉引用表的位置"},
    {"the PDF does not end with its end mark", "PDF 未以结束标记结尾"},
    {"an entry of the cross-reference table is malformed", "交叉引用表有条目格式有误"},
    {"the PDF has objects that were numbered again", "PDF 含有重新编号的对象"},
    {"an object stands twice in one table", "同一表中有对象重复"},
    {"the cross-reference table lies outside the PDF", "交叉引用表位于 PDF 之外"},
    {"the PDF has no plain cross-reference table", "PDF 没有普通的交叉引用表"},
    {"the cross-reference table is malformed", "交叉引用表格式有误"},
    {"the cross-reference table is cut off", "交叉引用表被截断"},
    {"the PDF's trailer is malformed", "PDF 尾部格式有误"},
    {"the PDF is encrypted", "PDF 已加密"},
    {"the PDF's revisions are out of order", "PDF 的修订顺序有误"},
    {"the PDF's revisions are malformed", "PDF 的修订格式有误"},
    {"the PDF's object {} is not where it should be", "PDF 的对象 {} 不在应在之处"},
    {"the PDF has no /{}", "PDF 没有 /{}"},
    {"the PDF's /{} is not a dictionary", "PDF 的 /{} 不是字典"},
    {"the PDF is malformed at byte {}", "PDF 在以下字节处格式有误：{}"},
    // A package.
    {"the file is no evidence package", "该文件不是证据包"},
    {"the container is no evidence package", "该容器不是证据包"},
    {"the package's contents cannot be read", "证据包的目录无法读取"},
    {"the package does not begin with its type", "证据包未以其类型开头"},
    {"the package has an unknown extension, {}", "证据包含有未知扩展：{}"},
    {"the package is not sealed: {} is missing", "证据包未盖章：缺少 {}"},
    {"{} is missing from the package", "证据包缺少 {}"},
    {"{} was altered after the package was sealed", "{} 在证据包盖章之后被改动"},
    {"{} was added after the package was sealed", "{} 在证据包盖章之后被添加"},
    {"the list of hashes was altered", "哈希清单被改动"},
    {"the package's manifest is not of these files", "证据包清单与这些文件不符"},
    {"half of the package's timestamp is missing", "证据包的时间戳缺少一半"},
    {"the package's timestamp is of something else", "证据包的时间戳属于其他内容"},
    {"the package's certificate was not valid at the time it states", "证据包证书在其所述时间无效"},
    {"the package states a later time than its timestamp attests", "证据包所述时间晚于时间戳所证明的时间"},
    {"the package's certificate was not valid at the time its timestamp attests", "证据包证书在时间戳所证明的时间无效"},
    {"something stands behind the package's signature", "证据包签名之后另有内容"},
    {"the package's signature has unknown attributes", "证据包签名含有未知属性"},
    {"the archive has {} twice", "压缩包中 {} 出现两次"},
    {"the archive is too large", "压缩包过大"},
    {"the archive is damaged, or not one", "压缩包已损坏，或并非压缩包"},
    {"the archive is damaged", "压缩包已损坏"},
    {"the archive is empty", "压缩包为空"},
    {"the archive has too many files", "压缩包文件过多"},
    {"the archive has a comment", "压缩包含有注释"},
    {"the archive is encrypted", "压缩包已加密"},
    {"the archive unpacks to too much", "压缩包解压后过大"},
    {"the archive has a file with a name that is not allowed in it", "压缩包含有名称不允许的文件"},
    {"the archive holds bytes that belong to no file", "压缩包含有不属于任何文件的内容"},
    {"{} is packed in another way", "{} 的压缩方式不符"},
    {"{} has a comment", "{} 含有注释"},
    {"{} has extra fields", "{} 含有附加字段"},
    {"{} is a link or something else that is no file", "{} 是链接或其他非文件内容"},
    {"{} cannot be unpacked", "{} 无法解压"},
    {"{} is damaged", "{} 已损坏"},
    {"{} is not as long as the archive says", "{} 的长度与压缩包所述不符"},
    // A timestamp.
    {"the timestamp does not hold its authority's certificate", "时间戳未附其机构证书"},
    {"the timestamp holds too many certificates", "时间戳所含证书过多"},
    {"the timestamp is of another kind", "时间戳属于其他类型"},
    {"the timestamp was not made by one authority", "时间戳并非由一家机构出具"},
    {"the timestamp holds a revocation list", "时间戳含有吊销列表"},
    {"the timestamp has unsigned attributes", "时间戳含有未签名属性"},
    {"the timestamp is signed with a weak digest", "时间戳签名所用摘要算法过弱"},
    {"the timestamp is signed with a weak key", "时间戳签名所用密钥过弱"},
    {"the timestamp is not by a timestamping authority: {}", "时间戳并非由时间戳机构出具：{}"},
    {"the timestamp is not by a timestamping authority", "时间戳并非由时间戳机构出具"},
    {"the timestamp is over another digest than SHA-256", "时间戳所用摘要不是 SHA-256"},
    {"the timestamp is of something else", "时间戳属于其他内容"},
    {"the timestamp states no time", "时间戳未写明时间"},
    {"the timestamp states nothing that can be read", "时间戳内容无法读取"},
    {"the timestamp is of an unknown version", "时间戳版本未知"},
    {"the timestamp has an unknown critical extension", "时间戳含有未知的关键扩展"},
    {"the timestamp is too large", "时间戳过大"},
    {"the timestamp cannot be read", "时间戳无法读取"},
    {"the timestamp is written in another way, or something stands behind it", "时间戳的编码方式不符，或其后另有内容"},
    // The log.
    {"the opening's hashes cannot be read", "公开内容的哈希无法读取"},
    {"the proof is of another entry: {}", "证明属于另一条记录：{}"},
    {"the policy asks for no witnesses", "该策略不要求见证者"},
    {"no witness's time", "没有见证者的时间"},
    {"the opening cannot be read", "公开内容无法读取"},
    {"the opening does not say what it is about", "公开内容未说明所涉对象"},
    {"the opening's entry cannot be read", "公开内容的记录编号无法读取"},
    {"the opening's text is not of what it says to be about", "公开内容的文字与其所述对象不符"},
    {"the opening does not open its commitment", "公开内容与其承诺值不符"},
    {"no policy was given that says which logs are believed", "未给出说明信任哪些日志的策略"},
    {"the log is none of the policy", "该日志不在策略之内"},
    {"too few witnesses cosigned: {}", "会签的见证者过少：{}"},
    {"nobody who is known signed this note", "没有已知方签署该检查点"},
    {"a checkpoint of {} is signed by another log", "{} 的检查点由另一日志签署"},
    {"this is not a proof of a log", "这不是日志证明"},
    {"this is not a signed note", "这不是已签名的检查点"},
    {"the signature of {} does not hold", "{} 的签名不成立"},
};

// What stands for {} when the reason has that form.
bool fits(std::string_view form, std::string_view reason, std::string_view& held) {
  const std::size_t gap = form.find("{}");
  if (gap == std::string_view::npos) return form == reason;
  const std::string_view before = form.substr(0, gap), after = form.substr(gap + 2);
  if (reason.size() <= before.size() + after.size() || !reason.starts_with(before) || !reason.ends_with(after))
    return false;
  held = reason.substr(before.size(), reason.size() - before.size() - after.size());
  return true;
}

}  // namespace

std::string reason_zh(std::string_view reason) {
  // Whole sentences first: a name could be anything.
  const auto whole = std::ranges::find(kRows, reason, &Row::en);
  if (whole != std::end(kRows)) return std::string(whole->zh);
  for (const Row& row : kRows) {
    std::string_view held;
    if (row.en.find("{}") == std::string_view::npos || !fits(row.en, reason, held)) continue;
    std::string text(row.zh);
    return text.replace(text.find("{}"), 2, reason_zh(held));
  }
  return std::string(reason);
}

}  // namespace probity::evidence
