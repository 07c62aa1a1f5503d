class Order
  attr_accessor :id, :total, :name

  def same(other)
    id == other.id && total == total # planted: compared with itself
  end

  def twice(other)
    other.id > 0 || id > 0 || other.id > 0 # planted: operand twice
  end

  def price(vip)
    if vip # planted: identical branches
      total - 5
    else
      total - 5
    end
  end

  def fee(vip)
    vip ? total : total # planted: identical results of a ternary
  end

  def admin?(role)
    if role = 'admin' # planted: assignment in a condition
      true
    end
  end

  def grade(n)
    if n > 90
      'a'
    elsif n > 70
      'b'
    elsif n > 90 # planted: condition twice in a chain
      'c'
    end
  end

  def kind(s)
    return 1 if s != 'invoice' || s != 'receipt' # planted: always true
    2
  end

  def both(n)
    n == 1 && n == 2 # planted: never true
  end

  def named(customer)
    if customer.nil? # planted: nil is asked for its name
      customer.name
    end
  end

  def guarded(o)
    o.nil? && o.total > 0 # planted: wrong operator before the call
  end

  def day(n)
    case n
    when 1 then 'Monday'
    when 2 then 'Tuesday'
    when 1 then 'Wednesday' # planted: when twice
    end
  end

  def options
    {
      a: 1,
      b: 2,
      a: 3, # planted: key twice
    }
  end

  def late(n)
    if n < 0
      return 0
      n = -n # planted: unreachable
    end
    n
  end

  def rename(name)
    @name = @name # planted: assigned to itself
  end

  def add(n)
    total = 10
    total =+ n # planted: mistyped operator
    total
  end

  def some?(xs)
    xs.length >= 0 # planted: length always at least zero
  end

  def last(xs)
    xs[xs.length] # planted: index past the end
  end

  def swallow(path)
    File.delete(path)
  rescue Exception # planted: every exception rescued
    nil
  end

  def silent(path)
    begin
      File.delete(path)
    rescue StandardError # planted: empty handler
    end
  end

  def wrapped(path)
    File.delete(path)
  rescue => e
    RuntimeError.new('cannot delete') # planted: exception not raised
    nil
  end

  def ensured(path)
    File.delete(path)
  ensure
    return true # planted: return in ensure
  end

  def order(path)
    File.delete(path)
  rescue StandardError => e
    log(e)
  rescue ArgumentError => e # planted: handler never reached
    retry_later(path)
  end

  def first(xs)
    xs.each do |x|
      return x + 1 # planted: loop ends in its first round
    end
    nil
  end

  def remove(xs)
    xs.each do |x|
      xs.delete(x) if x > 3 # planted: collection changed while iterated
    end
  end

  def forever(n)
    while n > 0 # planted: condition never changes
      puts 'x'
    end
  end

  def recurse(n)
    n * recurse(n - 1) # planted: recursion without end
  end

  def forget(text)
    text.strip # planted: result dropped
    text.gsub('a', 'b') # planted: replaced text dropped
    text
  end

  def formatted(a)
    format('%s of %d', a) # planted: format argument missing
  end

  def extra(a, b)
    format('%s', a, b) # planted: format argument unused
  end

  def debug(x)
    binding.pry # planted: debugger left in
    x
  end

  def nan?(x)
    x == Float::NAN # planted: compared with NaN
  end

  def each_pair(h)
    h.map { |k, k| k } # planted: parameter twice
  end
end
