// The built-in templates in Chinese. Written for Chinese readers, not translated word by word.
#include "commitments/builtin.h"

namespace probity::commitments {
namespace {

TextSection copies_section_zh() {
  return {
      "copies", "每一份副本都只属于您",
      R"(您打开的每个文件都是单独为您制作的。它看上去与他人的完全相同，但带有不可见的标记；裁剪、压缩、截屏、翻拍屏幕之后，标记依然可以识别。一旦有片段流出，标记能够说明它来自哪一份副本。

标记指向的是副本，不是人：副本可能被盗取，制作副本的一方也能再次制作它。标记只是查问的开始，绝不是结论。)",
      false};
}

TextSection signing_section_zh() { return {"signing", "签署方式", "{{signing_clause}}", false}; }

TextSection privacy_section_zh() {
  return {
      "privacy", "个人信息",
      R"({{sender}}保存以下信息：您的姓名、所在单位和联系方式，本文本、您的回答和签名，每一步骤的时间、网络地址和所用浏览器，以及您打开或下载副本的时间。这些信息仅用于证明约定的内容和查明泄露的来源，不作他用，不出售，也不用于对您进行评价。

信息的保存期限，以本承诺书可能产生的请求权存续的期间为限。您可以要求查阅，并要求更正有误的内容，联系方式：{{contact}}。)",
      false};
}

Question mistake_question_zh() {
  return {
      "mistake",
      "您发现自己误将一张图片提前发布了，应当怎么做？",
      {{"wait", "悄悄删除，也许没人看到"}, {"report", "立即撤下，并马上通过“我失误了”报告"}, {"ask", "等有人问起再说"}},
      "report",
      "应当立即撤下并报告。这一情节会被记录，并作为对您有利的因素。主动报告的失误与隐瞒的失误，处理结果大不相同。"};
}

std::vector<Question> press_questions_zh() {
  return {
      {"groups",
       "一位信得过的同行请您把一张照片发到五个人的私密群里，“就我们几个看看”。此时尚未到发布时间，可以发吗？",
       {{"yes_private", "可以，私密群不算公开发布"},
        {"yes_delete", "可以，过一会儿撤回就行"},
        {"no", "不可以，任何规模的群聊都在承诺范围之内"}},
       "no",
       "群聊无论大小都在承诺范围之内。多数泄露正是从几个彼此信任的人的小群开始，几分钟内就被转发出去的。"},
      {"embargo",
       "约定的发布时间为{{embargo_local}}。您的稿件何时可以上线？",
       {{"before", "提前几分钟，以便准时看到"},
        {"at", "该时刻或之后，以所写时区和 24 小时制为准"},
        {"day", "当天任何时间"}},
       "at",
       "不得早于{{embargo_instant}}。提前一分钟也是提前。请注意时区和 24 小时制，并检查定时发布的设置。"},
      {"own_footage",
       "您在预览现场用自己的手机拍了一张照片。在正式发布之前，它适用什么规则？",
       {{"mine", "自己拍的，自己决定"},
        {"same", "与其他材料相同，同样在承诺范围之内"},
        {"blurred", "把细节打码就可以发"}},
       "same",
       "您自己拍摄的照片、视频和笔记与收到的文件一样受本承诺约束。在多数事件中，流出的正是自己拍摄的内容。"},
      mistake_question_zh(),
      {"passing_on",
       "同事排版需要用到材料，应当怎样给他？",
       {{"forward", "在单位内部把我的副本转给他"},
        {"sign", "由他本人签署，并获得属于自己的副本"},
        {"screen", "只在我的屏幕上给他看"}},
       "sign",
       "每份副本只属于一个人。同事须先亲自签署承诺书，再获得属于自己的副本。"},
  };
}

std::vector<Question> supplier_questions_zh() {
  return {
      {"sub_supplier",
       "为您做喷涂的厂家今天就要图纸，但对方尚未签署承诺书。应当怎么做？",
       {{"send", "先发过去，之后再补签"},
        {"part", "只发对方需要的部分"},
        {"first", "对方签署并从{{sender}}获得自己的副本之前，什么都不发"}},
       "first",
       "分包商须先签署，并由{{sender}}提供属于它自己的副本。在此之前不得转交任何内容，摘录也不行。"},
      {"groups",
       "为了尽快解决一处缺陷，班组长想把零件照片发到班组群里。可以吗？",
       {{"yes", "可以，这是内部群"}, {"crop", "可以，只要照片里只有缺陷部位"}, {"no", "不可以，群聊在承诺范围之内"}},
       "no",
       "群聊在承诺范围之内，内部群也不例外。裁剪过的零件照片仍然是材料，请通过约定的渠道发给{{contact}}。"},
      mistake_question_zh(),
      {"rejects",
       "不良品应当如何处理？",
       {{"bin", "当普通废料扔掉，反正没用"}, {"destroy", "销毁至无法辨认，并作记录"}, {"keep", "谁想要就带回家"}},
       "destroy",
       "不良品、边角料和试印件同样属于材料，应当销毁至无法辨认，并作记录。"},
  };
}

}  // namespace

TemplateText press_text_zh() {
  TemplateText text;
  text.title = "{{project}}保密与发布时间承诺书";
  text.sections = {
      {"parties", "由谁向谁承诺",
       R"({{recipient_full}}（以下称“您”）在{{project}}公开发布之前，从{{sender}}处获得保密材料，并向{{sender}}承诺遵守本文本。{{sender}}同样承诺遵守本文本，尤其是其中关于出现问题时如何处理的约定。)",
       false},
      {"material", "哪些属于材料",
       R"(一切与{{project}}有关且尚未公开的内容：

- {{sender}}提供给您的照片、视频、文件和数据，无论全部还是部分，也无论是否经过裁剪、重绘、转述或转换格式；
- 您本人在预览、试驾、拍摄和参观中获得的照片、视频、笔记和录音。自己拍的，同样不能自行发布；
- 您在现场看到和听到的内容：外观、名称、参数、价格、日期，以及“有这样一件东西”这一事实本身。

在您获得之前已经公开的内容，或者由有权公开的人公开的内容，不属于材料。)",
       false},
      {"covered", "不得出现在哪里",
       "在约定的发布时间之前，材料不得出现在以下任何一处。签署时须逐项勾选：\n\n{{channels}}\n\n"
       "范围取决于去处，而不取决于意图：发给一个人也算，只发一分钟也算，“只给你看”也算。",
       false},
      {"embargo", "保密到什么时候", "{{embargo}}", true},
      {"passing_on", "转交", "{{colleagues_clause}}\n\n{{sub_suppliers_clause}}", false},
      copies_section_zh(),
      {"care", "妥善保管",
       R"(请将材料保存在会自动锁定的设备上，不要放入会公开、用于训练或建立索引的服务；使用共用设备后请退出登录。如果设备丢失，或者他人可能看到了您的专属链接，请立即告知：{{contact}}。)",
       false},
      {"liability", "由谁承担责任", "{{liable_clause}}\n\n{{amount_clause}}", true},
      {"breach", "发生泄露时如何处理", "{{breach_clause}}", true},
      {"freedom", "不受影响的权利",
       R"(您的评价由您自己决定：本文本不要求您报道，更不要求您作正面报道。本文本不妨碍您向主管机关或法院反映违法行为，不妨碍您保护消息来源，也不妨碍您履行法定义务。)",
       false},
      signing_section_zh(),
      privacy_section_zh(),
      {"end", "何时终止",
       R"(保密义务自约定的发布时间届至时终止；{{sender}}提前自行公开的，仅就已公开的部分提前终止。此前发生的行为仍按本文本处理。任何条款无效的，不影响其他条款的效力。)",
       false},
  };
  text.questions = press_questions_zh();
  return text;
}

TemplateText supplier_text_zh() {
  TemplateText text;
  text.title = "{{project}}供应商保密承诺书";
  text.sections = {
      {"parties", "由谁向谁承诺",
       R"({{recipient_full}}（以下称“您”）为{{sender}}承担{{project}}的相关工作，并因此需要使用保密材料。您向{{sender}}承诺遵守本文本；代表单位签署的，承诺对单位的全部工作人员有效。)",
       false},
      {"material", "哪些属于材料",
       R"(一切与{{project}}有关且{{sender}}尚未公开的内容：

- 图纸、模型、数据、样件、工装、模具、样机、包装、照片和视频，无论是收到的还是在工作中形成的，也无论全部还是部分；
- 由此得出的信息：尺寸、零件清单、订货数量、日期、价格，以及其他供应商的名称；
- 您参与{{project}}这一事实本身，除非{{sender}}书面同意提及。

不良品、边角料、试印件和截屏同样属于材料。)",
       false},
      {"purpose", "使用目的",
       R"(材料仅用于{{sender}}委托的工作，仅限因工作确有需要的人员使用，仅在符合要求的场所和设备上使用。不得在产线、工位和装卸区拍照；不得将样件用作宣传案例、参加展会或者用于求职。)",
       false},
      {"covered", "不得出现在哪里", "材料不得出现在以下任何一处。签署时须逐项勾选：\n\n{{channels}}", false},
      {"embargo", "保密到什么时候", "{{embargo}}", true},
      {"sub_suppliers", "分包商须先签署", "{{sub_suppliers_clause}}", true},
      {"people", "您的人员",
       R"(接触材料的每一个人，都应当事先了解本文本。{{colleagues_clause}}您应当保存接触人员名单，并在发生泄露时提供给{{sender}}。)",
       false},
      copies_section_zh(),
      {"return", "归还与销毁",
       R"(工作结束时，或者{{sender}}提出要求时，样件和工装予以归还，文件予以删除，不良品予以销毁，并在十个工作日内书面确认。依法必须留存的副本继续保密。)",
       false},
      {"liability", "由谁承担责任", "{{liable_clause}}\n\n{{amount_clause}}", true},
      {"breach", "发生泄露时如何处理",
       R"({{breach_clause}}

在其环节发生泄露的供应商，应当向{{sender}}提交整改方案：24 小时内采取了哪些控制措施，为什么会发生，为什么没有被发现，哪些方面在何时作出改变，每一项由谁负责，以及如何证明有效。“个人疏忽”不能作为原因，“提醒大家注意”不能作为措施。)",
       true},
      {"freedom", "不受影响的权利",
       R"(本文本不妨碍任何人向主管机关、法院或工会反映违法行为、安全隐患或欠薪，也不妨碍履行法定义务。)", false},
      signing_section_zh(),
      privacy_section_zh(),
      {"end", "何时终止",
       R"(每一项材料的保密义务，自{{sender}}公开该材料或者书面解除保密时终止；订单完成或者合作关系结束后，保密义务仍然有效。任何条款无效的，不影响其他条款的效力。)",
       false},
  };
  text.questions = supplier_questions_zh();
  return text;
}

}  // namespace probity::commitments
